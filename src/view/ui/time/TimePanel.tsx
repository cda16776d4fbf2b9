/** The time panel: transport and the painted axis; on a phone the axis stands over the transport. */
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
  return (
    <div className="time" data-phone={isPhone || undefined}>
      {isPhone ? <PhoneTransport /> : <Transport axis={axis} />}
      <TimeAxis axis={axis} isPhone={isPhone} />
    </div>
  );
}
