/** Search: the question, every replica's answer beside the truth, and what the marks mean. */
import { Search, X } from "lucide-react";
import { type FormEvent, lazy, Suspense, useEffect, useState } from "react";
import { type DatasetName, isLoaded } from "../../../../model/protocol/dataset.ts";
import { NO_QUESTION } from "../../../store/interfaceState.ts";
import { useView } from "../../appContext.ts";
import { Problem } from "../../controls/Field.tsx";
import { questionOf, similarityOf, suggestionsFor } from "./questions.ts";
import { useSearchFocus } from "./useSearchFocus.ts";
import "./search.css";

/** Wall time after the last letter until the question is asked. */
const PAUSE = 350;

/** Loaded vectors are asked for by item. */
const OwnQuestion = lazy(() => import("../../load/OwnQuestion.tsx"));

/** Loaded with the first question, like all that stands below it. */
const Answers = lazy(() => import("./Answers.tsx"));

const AskAsClient = lazy(() => import("./AskAsClient.tsx"));

/** Few turn an approximate index on. */
const SearchWay = lazy(() => import("./SearchWay.tsx"));

/** The text in the field; it becomes the question after a pause, or at once with Enter. */
function useTypedQuestion(dataset: DatasetName) {
  const question = useView((state) => state.question);
  const ask = useView((state) => state.ask);
  const [text, setText] = useState(question.text);
  useEffect(() => setText(question.text), [question.text]);
  useEffect(() => {
    if (text === question.text) return undefined;
    const timer = setTimeout(() => ask(questionOf(dataset, text)), PAUSE);
    return () => clearTimeout(timer);
  }, [text, question.text, ask, dataset]);
  const askNow = (words: string) => {
    setText(words);
    ask(questionOf(dataset, words));
  };
  return { question, text, setText, askNow };
}

function Suggestions({ dataset, onAsk }: { readonly dataset: DatasetName; readonly onAsk: (text: string) => void }) {
  return (
    <div className="panel-empty">
      <p>Ask all replicas the same question, and see where their answers differ. Try</p>
      <ul className="search-suggestions">
        {suggestionsFor(dataset).map((text) => (
          <li key={text}>
            <button type="button" className="link-button" onClick={() => onAsk(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface QueryFieldProps {
  readonly dataset: DatasetName;
  readonly text: string;
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
  readonly onAsk: (text: string) => void;
}

function QueryField({ dataset, text, problem, onText, onAsk }: QueryFieldProps) {
  const form = useSearchFocus<HTMLFormElement>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(text);
  };
  return (
    <form ref={form} className="search-form" aria-label="Search" onSubmit={submit}>
      <div className="search-field">
        <Search size={16} aria-hidden="true" />
        <input
          className="search-input"
          type="text"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          aria-label={dataset === "colours" ? "Search for a colour" : "Search products in words"}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : "search-problem"}
          placeholder={dataset === "colours" ? "A colour: name or #hex" : "Search in words"}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
        {dataset === "colours" ? (
          <input
            className="search-picker"
            type="color"
            aria-label="Pick a colour"
            value={/^#[0-9a-f]{6}$/i.test(text) ? text : "#ff6347"}
            onChange={({ target }) => onAsk(target.value)}
          />
        ) : null}
      </div>
      {problem === undefined ? null : <Problem id="search-problem">{problem}</Problem>}
    </form>
  );
}

/** The whole tab. */
export function SearchPanel() {
  const dataset = useView((state) => state.config?.workload.dataset ?? "products");
  const comparison = useView((state) => state.comparison);
  const isApproximate = useView(({ config }) => config?.cluster.searchIndex !== undefined);
  const ask = useView((state) => state.ask);
  const { question, text, setText, askNow } = useTypedQuestion(dataset);
  return (
    <>
      {isLoaded(dataset) ? (
        <OwnQuestion data={dataset} />
      ) : (
        <QueryField dataset={dataset} text={text} problem={question.problem} onText={setText} onAsk={askNow} />
      )}
      {question.text !== "" || question.vector === undefined ? null : (
        <p className="search-similar">
          <span>{question.label}</span>
          <button
            type="button"
            className="button"
            data-kind="icon"
            aria-label="Ask something else"
            onClick={() => ask(NO_QUESTION)}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </p>
      )}
      {question.vector === undefined && question.problem === undefined && !isLoaded(dataset) ? (
        <Suggestions dataset={dataset} onAsk={askNow} />
      ) : null}
      {question.vector !== undefined && comparison === undefined && question.problem === undefined ? (
        <p className="panel-empty">Asking every replica …</p>
      ) : null}
      {comparison === undefined ? null : (
        <>
          <Suspense fallback={<p className="panel-empty">Asking every replica …</p>}>
            <Answers comparison={comparison} similarity={similarityOf(dataset)} />
          </Suspense>
          {question.vector === undefined ? null : (
            <Suspense fallback={null}>
              <AskAsClient vector={question.vector} />
            </Suspense>
          )}
          {isApproximate ? (
            <Suspense>
              <SearchWay comparison={comparison} />
            </Suspense>
          ) : null}
        </>
      )}
    </>
  );
}
