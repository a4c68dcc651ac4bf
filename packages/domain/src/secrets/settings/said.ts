/** How a value is named in a message. */
export const said = {
  literal: 'a value in clear',
  example: 'a value that stands for another and may be live',
  hash: 'the hash of a password',
} as const;
