/** A host name, IPv4 address or bracketed IPv6 address, as the source of a pattern. */
export const hostPattern = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])`;
export const portPattern = String.raw`(?::\d{1,5})`;
