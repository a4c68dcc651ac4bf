const seed = 0x9e3779b9;

/** Bytes that look random and are the same after every restart (xorshift32). */
export function repeatableBytes(): { readonly fill: (into: Uint8Array) => void; readonly restart: () => void } {
  let state = seed;
  return {
    fill(into) {
      for (let i = 0; i < into.length; i += 1) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        into[i] = state >>> 24;
      }
    },
    restart() {
      state = seed;
    },
  };
}
