/**
 * Bytes as they came from a socket, whatever holds them.
 *
 * @throws {TypeError} for what holds none
 */
export function wireBytes(data: Uint8Array | ArrayBuffer): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) {
    const { buffer, byteLength, byteOffset } = data as ArrayBufferView;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  const name = Object.prototype.toString.call(data).slice(8, -1);
  if (name === "ArrayBuffer") return new Uint8Array(data);
  throw new TypeError(
    `Bytes are a Uint8Array or an ArrayBuffer, not ${name}; set the socket's binaryType to "arraybuffer"`,
  );
}
