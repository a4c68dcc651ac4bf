const longest = 30;

/** A label from whatever a folder or an image is called; `otherwise` where nothing of it fits one. */
export function nameFrom(text: string, otherwise: string): string {
  const fitting = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const name = fitting.replace(/^-+/, '').slice(0, longest).replace(/-+$/, '');
  return name === '' ? otherwise : name;
}
