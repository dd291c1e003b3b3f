/** Bytes as they come from a file, a socket or a test; a chunk may change once the next is asked for. */
export type ByteSource = AsyncIterable<Uint8Array> | ByteStream;

/** What of a web's `ReadableStream` names it, where types of the web may be missing. */
export interface ByteStream {
  /** What reads the stream, a chunk at a time. */
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  };
}
