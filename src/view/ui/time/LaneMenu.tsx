/** Which lanes the axis shows, and their values as a table and as files. */
import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { useStore } from "zustand";
import { LANES, type LaneName } from "../../layout/timeRows.ts";
import { useServices, useView } from "../appContext.ts";
import type { PopupProps } from "../controls/PopupButton.tsx";
import type { AxisStore } from "./axisStore.ts";
import { saveFile, seriesFile } from "./values.ts";

const NAMES: Readonly<Record<LaneName, string>> = {
  lag: "Replication lag",
  queue: "Queue depth",
  recall: "Search recall",
  writes: "Every write",
  quantiles: "Write latency, p50 and p99",
  availability: "Availability",
};

/** The menu. */
export default function LaneMenu({ isOpen, anchor, onOpen, axis }: PopupProps & { readonly axis: AxisStore }) {
  const { store } = useServices();
  const openDialog = useView((state) => state.openDialog);
  const lanes = useStore(axis, (state) => state.lanes);
  const { showLane } = axis.getState();
  const save = (format: "csv" | "prometheus") => saveFile(seriesFile(store.getState(), format));
  return (
    <Menu.Root open={isOpen} onOpenChange={onOpen}>
      <Menu.Portal container={anchor.current?.closest("section")}>
        <Menu.Positioner className="popup-positioner" anchor={anchor} sideOffset={8} align="end" side="top">
          <Menu.Popup className="popup menu" finalFocus={anchor}>
            <Menu.Group>
              <Menu.GroupLabel className="menu-heading">Lanes</Menu.GroupLabel>
              {LANES.map((lane) => (
                <Menu.CheckboxItem
                  key={lane}
                  className="menu-item"
                  checked={lanes.includes(lane)}
                  onCheckedChange={(shown) => showLane(lane, shown)}
                >
                  {NAMES[lane]}
                  <Menu.CheckboxItemIndicator className="menu-item-key">
                    <Check size={16} aria-hidden="true" />
                  </Menu.CheckboxItemIndicator>
                </Menu.CheckboxItem>
              ))}
            </Menu.Group>
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={() => openDialog({ kind: "values" })}>
              Values as a table…
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={() => save("csv")}>
              Save as CSV
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={() => save("prometheus")}>
              Save as Prometheus text
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
