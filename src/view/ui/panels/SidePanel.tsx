/** The side panel: five tabs. A column on a wide page, a sheet on a narrow one, the lower half of a phone. */
import { ChevronUp, X } from "lucide-react";
import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import type { PanelName } from "../../store/interfaceState.ts";
import { useView } from "../appContext.ts";
import { moveFocus } from "../controls/moveFocus.ts";
import "./panels.css";
import { SearchPanel } from "./search/SearchPanel.tsx";

/** Loaded when they are opened: the page opens with the search. */
const ShopPanel = lazy(() => import("./shop/ShopPanel.tsx"));
const WritePanel = lazy(() => import("./write/WritePanel.tsx"));
const EventsPanel = lazy(() => import("./events/EventsPanel.tsx"));
const SettingsPanel = lazy(() => import("./settings/SettingsPanel.tsx"));

const tabs: readonly { readonly value: PanelName; readonly label: string }[] = [
  { value: "search", label: "Search" },
  { value: "shop", label: "Shop" },
  { value: "write", label: "Write" },
  { value: "events", label: "Events" },
  { value: "settings", label: "Settings" },
];

const bodies: Readonly<Record<PanelName, ComponentType>> = {
  search: SearchPanel,
  shop: ShopPanel,
  write: WritePanel,
  events: EventsPanel,
  settings: SettingsPanel,
};

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
  const Body = bodies[panel];
  return (
    <aside
      id="side"
      className="app-side"
      data-open={isOpen ? "" : undefined}
      aria-label="Search, shop, write, events, settings"
    >
      {hint}
      <div className="panel">
        <div className="panel-head">
          <div className="panel-tabs" role="tablist" tabIndex={-1} aria-label="Panel" onKeyDown={moveFocus}>
            {tabs.map(({ value, label }) => (
              <button
                key={value}
                type="button"
                role="tab"
                id={`panel-tab-${value}`}
                className="panel-tab"
                aria-selected={value === panel}
                aria-controls={value === panel ? "panel-body" : undefined}
                tabIndex={value === panel ? 0 : -1}
                onClick={() => setPanel(value)}
              >
                {label}
              </button>
            ))}
          </div>
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
        <div
          key={panel}
          id="panel-body"
          className="panel-body"
          role="tabpanel"
          aria-labelledby={`panel-tab-${panel}`}
          tabIndex={-1}
        >
          <Suspense fallback={null}>
            <Body />
          </Suspense>
        </div>
      </div>
    </aside>
  );
}
