/** Mode, read policy, rules and faults against verdicts: what is promised anywhere, as in docs/promises.md. */
import { Check, Minus } from "lucide-react";
import { useMemo } from "react";
import { type PromiseGrid, promiseTables, type Withdrawal } from "../../../data/promises.ts";
import { RULE_NAMES } from "../../store/commandWords.ts";

function Cell({ is }: { readonly is: boolean }) {
  return (
    <td className="promises-cell" data-promised={is ? "" : undefined}>
      {is ? <Check size={16} aria-hidden="true" /> : <Minus size={16} aria-hidden="true" />}
      <span className="only-read">{is ? "promised" : "not promised"}</span>
    </td>
  );
}

function Grid({ caption, grid }: { readonly caption: string; readonly grid: PromiseGrid }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="promises-scroll" aria-label={caption} tabIndex={0}>
      <table className="promises">
        <caption className="panel-heading">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Promise</th>
            {grid.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map(({ name, promise, promised }) => (
            <tr key={name}>
              <th scope="row">
                {promise} <span className="promises-name">{name}</span>
              </th>
              {promised.map((is, at) => (
                <Cell key={grid.columns[at]} is={is} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const ruleNames: Readonly<Record<string, string>> = RULE_NAMES;

/** A rule by the name that people read; a fault as it is. */
function wordsFor(what: string): string {
  return ruleNames[what] ?? what;
}

function Withdrawals({ heading, list }: { readonly heading: string; readonly list: readonly Withdrawal[] }) {
  return (
    <section>
      <h3 className="panel-heading">{heading}</h3>
      <dl className="promises-list">
        {list.map(({ what, how, verdicts }) => (
          <div key={what}>
            <dt>{wordsFor(what)}</dt>
            {how === "" ? null : <dd className="promises-how">{how}</dd>}
            <dd>{verdicts.length === 0 ? "Nothing, until a record is damaged" : verdicts.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The whole table. */
export function PromiseTable() {
  const { modes, reads, rules, faults } = useMemo(promiseTables, []);
  return (
    <div className="promises-all">
      <Grid caption="By mode" grid={modes} />
      <Grid caption="By read policy, under quorum" grid={reads} />
      <Withdrawals heading="With a rule off, these are no longer promised" list={rules} />
      <Withdrawals heading="After a fault that no promise of its kind survives" list={faults} />
    </div>
  );
}
