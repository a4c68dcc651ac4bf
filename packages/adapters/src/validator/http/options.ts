export interface HttpValidatorOptions {
  /** `allow`: `host:port` of endpoints on loopback or a private range that checks may call. Metadata and link-local addresses stay out of reach. */
  readonly guard: { readonly allow: readonly string[] };
}
