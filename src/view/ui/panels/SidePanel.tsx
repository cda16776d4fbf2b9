/** The side panel: four tabs. A column on a wide page, a sheet on a narrow one, the lower half of a phone. */
import { Tabs } from "@base-ui/react/tabs";
import { ChevronUp, X } from "lucide-react";
import type { PanelName } from "../../store/interfaceState.ts";
import { useView } from "../appContext.ts";
import { EventsPanel } from "./events/EventsPanel.tsx";
import "./panels.css";
import { SearchPanel } from "./search/SearchPanel.tsx";
import { SettingsPanel } from "./settings/SettingsPanel.tsx";
import { WritePanel } from "./write/WritePanel.tsx";

const tabs: readonly { readonly value: PanelName; readonly label: string }[] = [
  { value: "search", label: "Search" },
  { value: "write", label: "Write" },
  { value: "events", label: "Events" },
  { value: "settings", label: "Settings" },
];

interface SidePanelProps {
  /** On a phone: whether the panel takes more room than the stage. */
  readonly isTall: boolean;
  readonly onTall: (tall: boolean) => void;
}

/** The tabs and the panel that is chosen. */
export function SidePanel({ isTall, onTall }: SidePanelProps) {
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
        <Tabs.Panel className="panel-body" value="search" tabIndex={-1}>
          <SearchPanel />
        </Tabs.Panel>
        <Tabs.Panel className="panel-body" value="write" tabIndex={-1}>
          <WritePanel />
        </Tabs.Panel>
        <Tabs.Panel className="panel-body" value="events" tabIndex={-1}>
          <EventsPanel />
        </Tabs.Panel>
        <Tabs.Panel className="panel-body" value="settings" tabIndex={-1}>
          <SettingsPanel />
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  );
}
