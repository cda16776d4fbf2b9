/** The name of the page, and its only heading of the first level. */

/** Mark and word. */
export function Wordmark() {
  return (
    <h1 className="bar-word">
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="4" />
        <path d="M10 6.2 13.8 10 10 13.8 6.2 10Z" fill="currentColor" />
      </svg>
      <span className="bar-word-text">Replicascope</span>
    </h1>
  );
}
