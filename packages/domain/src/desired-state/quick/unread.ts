/** Thrown where the quick reader meets what it leaves to the whole parser. */
export class Unread extends Error {}
