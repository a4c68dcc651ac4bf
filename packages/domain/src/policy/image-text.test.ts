import { describe, expect, it } from 'vitest';
import { parseImageText } from './image-text.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImageText', () => {
  it.each([
    ['nginx', { repository: 'nginx' }],
    ['library/nginx:1.29', { repository: 'library/nginx', tag: '1.29' }],
    ['localhost:5000/web', { repository: 'localhost:5000/web' }],
    ['r.example.com:5000/a/b_c:v1-rc.1', { repository: 'r.example.com:5000/a/b_c', tag: 'v1-rc.1' }],
    [`web@${digest}`, { repository: 'web', digest }],
    [`web:1@${digest}`, { repository: 'web', tag: '1', digest }],
    ['[::1]:5000/web:1', { repository: '[::1]:5000/web', tag: '1' }],
  ])('takes %s apart', (text, parts) => {
    expect(parseImageText(text)).toEqual(parts);
  });

  it.each(['', 'Web', 'web:', 'web@', 'web:a b', 'https://r.example.com/web', '${IMAGE}', '/web', 'web/', `web@sha256:${'g'.repeat(64)}`])(
    'takes %j for no image',
    (text) => {
      expect(parseImageText(text)).toBeUndefined();
    },
  );
});
