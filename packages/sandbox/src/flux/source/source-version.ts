export const sourceGroup = 'source.toolkit.fluxcd.io';
export const sourceVersion = `${sourceGroup}/v1`;
