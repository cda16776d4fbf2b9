/** Sizes of files, for people. */

const KILO = 1_000;
const UNITS = ["kB", "MB", "GB"] as const;

/** "812 bytes", "1.2 MB": decimal units, as file managers and browsers have them. */
export function fileSize(bytes: number): string {
  if (bytes < KILO) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  let size = bytes / KILO;
  let unit = 0;
  while (size >= KILO - 0.5 && unit < UNITS.length - 1) {
    size /= KILO;
    unit += 1;
  }
  return `${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} ${UNITS[unit]}`;
}
