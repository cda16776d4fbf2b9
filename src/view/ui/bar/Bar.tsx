/** The bar: one line. Wide: everything in it. Less: warnings hang under it. Narrow: mode, W and R fold into one button. */
import { BookOpen, ChevronDown, PanelRight, Share2 } from "lucide-react";
import { lazy } from "react";
import type { ClusterConfig } from "../../../model/protocol/config.ts";
import { useView } from "../appContext.ts";
import { PopupButton } from "../controls/PopupButton.tsx";
import { MapButton } from "../map/MapButton.tsx";
import { SpacetimeButton } from "../spacetime/SpacetimeButton.tsx";
import { useMedia } from "../useMedia.ts";
import { AppMenu } from "./AppMenu.tsx";
import "./bar.css";
import { ModeChoice, QuorumNote, QuorumSteppers } from "./ModeControls.tsx";
import { VerdictChip } from "./VerdictChip.tsx";
import { Wordmark } from "./Wordmark.tsx";

function modeLabel({ mode, writeQuorum }: ClusterConfig): string {
  switch (mode) {
    case "asynchronous":
      return "Async";
    case "quorum":
      return `Quorum, W ${writeQuorum}`;
    case "synchronous":
      return "Sync";
  }
}

const FoldedPopup = lazy(() => import("./FoldedPopup.tsx"));

/** On a narrow page: one button that opens the rest. */
function FoldedControls({ cluster }: { readonly cluster: ClusterConfig }) {
  return (
    <PopupButton className="button bar-fold" kind="quiet" opens="dialog" popup={FoldedPopup}>
      {modeLabel(cluster)}
      <ChevronDown size={16} aria-hidden="true" />
    </PopupButton>
  );
}

function PanelButton() {
  const isOpen = useView((state) => state.sheetOpen);
  const setSheetOpen = useView((state) => state.setSheetOpen);
  return (
    <button
      type="button"
      className="button bar-panel"
      aria-expanded={isOpen}
      aria-controls="side"
      onClick={() => setSheetOpen(!isOpen)}
    >
      <PanelRight size={16} aria-hidden="true" />
      Panel
    </button>
  );
}

function LessonsButton() {
  const openDialog = useView((state) => state.openDialog);
  return (
    <button
      type="button"
      className="button bar-lessons"
      aria-haspopup="dialog"
      aria-label="Lessons"
      onClick={() => openDialog({ kind: "lessons" })}
    >
      <BookOpen size={16} aria-hidden="true" />
      <span className="bar-lessons-word">Lessons</span>
    </button>
  );
}

function ShareButton() {
  const openDialog = useView((state) => state.openDialog);
  return (
    <button
      type="button"
      className="button bar-share"
      data-kind="icon"
      aria-haspopup="dialog"
      aria-label="Share this moment"
      onClick={() => openDialog({ kind: "share" })}
    >
      <Share2 size={16} aria-hidden="true" />
    </button>
  );
}

function ClusterControls({ cluster, isNarrow }: { readonly cluster: ClusterConfig; readonly isNarrow: boolean }) {
  if (isNarrow) return <FoldedControls cluster={cluster} />;
  return (
    <>
      <ModeChoice cluster={cluster} />
      <div className="bar-quorums">
        <QuorumSteppers cluster={cluster} />
      </div>
      <QuorumNote cluster={cluster} />
    </>
  );
}

/** The whole bar. */
export function Bar() {
  const cluster = useView((state) => state.config?.cluster);
  const isNarrow = useMedia("(max-width: 930px)");
  return (
    <header className="app-bar bar">
      <Wordmark />
      {cluster === undefined ? null : <ClusterControls cluster={cluster} isNarrow={isNarrow} />}
      <div className="bar-end">
        <VerdictChip />
        <SpacetimeButton />
        <MapButton />
        <LessonsButton />
        <ShareButton />
        <PanelButton />
        <AppMenu />
      </div>
    </header>
  );
}
