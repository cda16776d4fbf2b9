/** The question of the search panel when the vectors are a person's own: an item, since words have no vector here. */
import { NO_MODEL } from "../../../data/query.ts";
import type { DatasetItem, LoadedData } from "../../../model/protocol/dataset.ts";
import { useView } from "../appContext.ts";
import { Problem } from "../controls/Field.tsx";
import { questionLike } from "../panels/search/questions.ts";
import { useSearchFocus } from "../panels/search/useSearchFocus.ts";
import { RowFinder } from "./RowFinder.tsx";

/** The finder, and why there are no words. */
export default function OwnQuestion({ data }: { readonly data: LoadedData }) {
  const ask = useView((state) => state.ask);
  const isOpen = useView(({ question }) => question.vector !== undefined);
  const problem = useView(({ question }) => question.problem);
  const holder = useSearchFocus<HTMLDivElement>();
  const choose = ({ id, drafts }: DatasetItem) => {
    const draft = drafts[0];
    if (draft !== undefined) ask(questionLike({ id, payload: draft.payload, values: draft.embedding }));
  };
  return (
    <div className="own-question" ref={holder}>
      <RowFinder data={data} label="Search with an item" showsFirst={!isOpen} onChoose={choose} />
      {problem === undefined ? null : <Problem>{problem}</Problem>}
      {isOpen ? null : (
        <>
          <p className="note">Ask all replicas what is near it, and see where their answers differ.</p>
          <p className="note">{NO_MODEL}</p>
        </>
      )}
    </div>
  );
}
