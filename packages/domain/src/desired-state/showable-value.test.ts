import { describe, expect, it } from 'vitest';
import { hiddenValue, showableValue } from './showable-value.ts';

describe('showableValue', () => {
  it('hides a value by its name, wherever it lies', () => {
    const value = {
      env: [
        { name: 'DB_PASSWORD', value: 'Zork8899' },
        { name: 'MODE', value: 'fast' },
      ],
      auth: { token: 'Zork9911', ttl: '3600' },
    };

    expect(showableValue(value, 'spec')).toEqual({
      env: [
        { name: 'DB_PASSWORD', value: hiddenValue },
        { name: 'MODE', value: 'fast' },
      ],
      auth: { token: hiddenValue, ttl: '3600' },
    });
    expect(showableValue(123456, 'password')).toBe(hiddenValue);
  });

  it('hides of a text only the lines that hold a secret', () => {
    const key = [
      '-----BEGIN PRIVATE KEY-----',
      'q7Rk2mZx9TbW4vLc8NdY1sHf6JgP3aUeKoXi5wEyDzBtMhVnSrCl0uQpGjFAq7Rk',
      '-----END PRIVATE KEY-----',
    ];
    const text = ['level = info', '  password = Zork8899', ...key, 'url = postgres://app:Zork8899@db/app', 'end'].join('\n');

    expect(showableValue(text, 'settings.ini')).toBe(
      ['level = info', `  ${hiddenValue}`, hiddenValue, `url = ${hiddenValue}/app`, 'end'].join('\n'),
    );
  });

  it.each([
    'registry.example.com/a@sha256:7c1e90b4d2a85f36e8b1c47d09fa62e53b8d14c7a06f9e52d81b3c64f7e0a925',
    'postgres://app:$(PASSWORD)@db',
    '1.43.0',
    'https://example.com/a',
  ])('shows %s', (text) => {
    expect(showableValue(text, 'image')).toBe(text);
  });
});
