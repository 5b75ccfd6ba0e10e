import { createEventParser } from "../../shared/event-parser.ts";
import { giteaFrame } from "./event-frame.ts";

/** A parser of one kind of Gitea's events. */
export const eventParser = createEventParser(giteaFrame);
