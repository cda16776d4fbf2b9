/**
 * The time panel: transport and the painted axis; on a phone the axis stands over the transport. Where height is short,
 * on a phone or in a low window, the axis is brief: marks and terms.
 */
import { useState } from "react";
import { useMedia } from "../useMedia.ts";
import { createAxisStore } from "./axisStore.ts";
import { TimeAxis } from "./TimeAxis.tsx";
import { PhoneTransport, Transport } from "./Transport.tsx";
import "./time.css";

/** Everything about time. */
export function TimePanel() {
  const [axis] = useState(createAxisStore);
  const isPhone = useMedia("(max-width: 600px)");
  const isLow = useMedia("(max-height: 560px)");
  return (
    <div className="time" data-phone={isPhone || undefined} data-brief={isPhone || isLow || undefined}>
      {isPhone ? <PhoneTransport /> : <Transport axis={axis} />}
      <TimeAxis axis={axis} isBrief={isPhone || isLow} />
    </div>
  );
}
