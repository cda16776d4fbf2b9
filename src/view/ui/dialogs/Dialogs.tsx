/** The dialog that is open, if any. */
import { lazy } from "react";
import { useView } from "../appContext.ts";
import { GameDayDialog } from "./GameDayDialog.tsx";
import { KeySheet } from "./KeySheet.tsx";
import { LessonsDialog } from "./LessonsDialog.tsx";
import { MachineDialog } from "./MachineDialog.tsx";
import { PartitionDialog } from "./PartitionDialog.tsx";
import { AboutDialog, NewRunDialog, SeedDialog } from "./SmallDialogs.tsx";
import { VerdictsDialog } from "./VerdictsDialog.tsx";

/** A view of its own, with charts and stages: loaded when it is opened. */
const CompareDialog = lazy(() => import("../compare/CompareDialog.tsx"));

const AnswersDialog = lazy(() => import("../panels/search/AnswersDialog.tsx"));
const ShareDialog = lazy(() => import("../share/ShareDialog.tsx"));
const RunsDialog = lazy(() => import("../share/RunsDialog.tsx"));
const LoadDialog = lazy(() => import("../load/LoadDialog.tsx"));

const BranchDialog = lazy(() => import("../time/BranchDialog.tsx"));
const ValuesDialog = lazy(() => import("../time/ValuesDialog.tsx"));

/** Nothing, or one dialog. */
export default function Dialogs() {
  const dialog = useView((state) => state.dialog);
  const close = useView((state) => state.closeDialog);
  switch (dialog?.kind) {
    case "keys":
      return <KeySheet onClose={close} />;
    case "about":
      return <AboutDialog onClose={close} />;
    case "seed":
      return <SeedDialog onClose={close} />;
    case "partition":
      return <PartitionDialog onClose={close} />;
    case "machine":
      return <MachineDialog key={dialog.replicaId} replicaId={dialog.replicaId} onClose={close} />;
    case "gameDay":
      return <GameDayDialog onClose={close} />;
    case "compare":
      return <CompareDialog onClose={close} />;
    case "answers":
      return <AnswersDialog onClose={close} />;
    case "share":
      return <ShareDialog onClose={close} />;
    case "runs":
      return <RunsDialog onClose={close} />;
    case "load":
      return <LoadDialog request={dialog.request} onClose={close} />;
    case "branches":
      return <BranchDialog onClose={close} />;
    case "values":
      return <ValuesDialog onClose={close} />;
    case "lessons":
      return <LessonsDialog onClose={close} />;
    case "verdicts":
      return <VerdictsDialog onClose={close} />;
    case "newRun":
      return <NewRunDialog change={dialog.change} onClose={close} />;
    case undefined:
      return null;
  }
}
