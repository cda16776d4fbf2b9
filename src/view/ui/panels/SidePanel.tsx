/** The side panel: four tabs. A column on a wide page, a sheet on a narrow one, the lower half of a phone. */
import { Tabs } from "@base-ui/react/tabs";
import { ChevronUp, X } from "lucide-react";
import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { PanelName } from "../../store/interfaceState.ts";
import { useView } from "../appContext.ts";
import "./panels.css";
import { SearchPanel } from "./search/SearchPanel.tsx";

/** Loaded when they are opened: the page opens with the search. */
const WritePanel = lazy(() => import("./write/WritePanel.tsx"));
const EventsPanel = lazy(() => import("./events/EventsPanel.tsx"));
const SettingsPanel = lazy(() => import("./settings/SettingsPanel.tsx"));

const tabs: readonly { readonly value: PanelName; readonly label: string; readonly Body: ComponentType }[] = [
  { value: "search", label: "Search", Body: SearchPanel },
  { value: "write", label: "Write", Body: WritePanel },
  { value: "events", label: "Events", Body: EventsPanel },
  { value: "settings", label: "Settings", Body: SettingsPanel },
];

interface SidePanelProps {
  /** On a phone: whether the panel takes more room than the stage. */
  readonly isTall: boolean;
  readonly onTall: (tall: boolean) => void;
  /** On a phone: the hint, which has no room over the stage. */
  readonly hint: ReactNode;
}

/** The tabs and the panel that is chosen. */
export function SidePanel({ isTall, onTall, hint }: SidePanelProps) {
  const panel = useView((state) => state.panel);
  const isOpen = useView((state) => state.sheetOpen);
  const setPanel = useView((state) => state.setPanel);
  const setSheetOpen = useView((state) => state.setSheetOpen);
  return (
    <aside
      id="side"
      className="app-side"
      data-open={isOpen ? "" : undefined}
      aria-label="Search, write, events, settings"
    >
      {hint}
      <Tabs.Root className="panel" value={panel} onValueChange={setPanel}>
        <div className="panel-head">
          <Tabs.List className="panel-tabs" aria-label="Panel">
            {tabs.map(({ value, label }) => (
              <Tabs.Tab key={value} className="panel-tab" value={value}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <button
            type="button"
            className="button panel-tall"
            data-kind="icon"
            aria-label="Taller panel"
            aria-pressed={isTall}
            onClick={() => onTall(!isTall)}
          >
            <ChevronUp size={20} aria-hidden="true" />
          </button>
          <button
            type="button"
            className="button panel-close"
            data-kind="icon"
            aria-label="Close the panel"
            onClick={() => setSheetOpen(false)}
          >
            <X size={20} aria-hidden="true" />
          </button>
        </div>
        {tabs.map(({ value, Body }) => (
          <Tabs.Panel key={value} className="panel-body" value={value} tabIndex={-1}>
            <Suspense fallback={null}>
              <Body />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </aside>
  );
}
