import { BuildFault } from "../../core/build-fault.ts";

export function noRoomForUpload(): BuildFault {
  return new BuildFault({
    class: "transient",
    code: "no-room-for-upload",
    title: "There is no room for the upload",
    cause: "The uploads of builds that wait and run take all of the disk that uploads may take.",
    remedy: "Send it again once other builds have ended, or raise `PUSHWRIGHT_SPOOL_LIMIT`.",
  });
}
