/** A new random UUID, for an Idempotency-Key or for what a list shows before the server knows it. */
export function newUuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return uuidFromBytes(crypto.getRandomValues(new Uint8Array(16)));
}

/** The UUID (version 4) of 16 random bytes. Plain http outside localhost has no `randomUUID`. */
export function uuidFromBytes(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, place) => {
    if (place === 6) return (byte & 0x0f) | 0x40;
    return place === 8 ? (byte & 0x3f) | 0x80 : byte;
  }).map((byte) => byte.toString(16).padStart(2, "0"));
  const parts = [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)];
  return parts.map((part) => part.join("")).join("-");
}
