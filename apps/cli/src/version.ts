/** Of all packages of this workspace. */
export const version = '0.1.0';
