/** The bar. Wide: everything in a row. Narrow: warnings take a second line. Phone: mode, W and R fold into one button. */
import { ChevronDown, PanelRight } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { ClusterConfig } from "../../../model/protocol/config.ts";
import { useView } from "../appContext.ts";
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

/** On a phone: one button that opens the rest, loaded at the first press. */
function FoldedControls({ cluster }: { readonly cluster: ClusterConfig }) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const toggle = () => {
    setOpened(true);
    setOpen(!isOpen);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button bar-fold"
        data-kind="quiet"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {modeLabel(cluster)}
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      {wasOpened ? (
        <Suspense fallback={null}>
          <FoldedPopup cluster={cluster} isOpen={isOpen} anchor={button} onOpen={setOpen} />
        </Suspense>
      ) : null}
    </>
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

function ClusterControls({ cluster, isPhone }: { readonly cluster: ClusterConfig; readonly isPhone: boolean }) {
  if (isPhone) return <FoldedControls cluster={cluster} />;
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
  const isPhone = useMedia("(max-width: 600px)");
  return (
    <header className="app-bar bar">
      <Wordmark />
      {cluster === undefined ? null : <ClusterControls cluster={cluster} isPhone={isPhone} />}
      <div className="bar-end">
        <VerdictChip />
        <PanelButton />
        <AppMenu />
      </div>
    </header>
  );
}
