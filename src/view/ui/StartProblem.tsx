/** What stands on the page when the cluster could not be started: what is missing, and what to do. */
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./app.css";

/** Why nothing runs. */
export function StartProblem({ reason }: { readonly reason: string }) {
  return (
    <main className="start">
      <h1 className="start-title">The cluster could not be started</h1>
      <p>{reason}</p>
      <p className="note">
        Each replica is a module worker of this page. They need a current Chrome, Edge, Firefox or Safari, and a page
        that was served, not opened from a file.
      </p>
      <div className="panel-buttons">
        <button type="button" className="button" data-kind="main" onClick={() => location.reload()}>
          Try again
        </button>
      </div>
    </main>
  );
}
