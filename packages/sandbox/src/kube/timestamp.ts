/** Kubernetes' times have whole seconds: which is why `reconciledAt` may equal `finishedAt`. */
export function timestamp(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
