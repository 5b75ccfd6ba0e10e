import { boundText } from "../../core/bound-text.ts";
import type { ReportAnnotation } from "../../core/report.ts";

/** More annotations than this are refused in one request: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const MAX_ANNOTATIONS = 50;
/** 64 KB, as documented. */
const MAX_MESSAGE = 65_535;
const MAX_TITLE = 255;

export type CheckRunAnnotation = {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: "failure";
  title: string;
  message: string;
};

/** The annotations, within GitHub's limits and in portions for one request each. */
export function formatAnnotations(annotations: ReportAnnotation[]): CheckRunAnnotation[][] {
  const formatted = annotations.map(formatAnnotation);
  return Array.from({ length: Math.ceil(formatted.length / MAX_ANNOTATIONS) }, (_, portion) =>
    formatted.slice(portion * MAX_ANNOTATIONS, (portion + 1) * MAX_ANNOTATIONS),
  );
}

function formatAnnotation({ path, line, column, title, message }: ReportAnnotation): CheckRunAnnotation {
  return {
    path,
    start_line: line,
    end_line: line,
    ...(column === undefined ? {} : { start_column: column, end_column: column }),
    annotation_level: "failure",
    title: boundText(title, MAX_TITLE),
    message: boundText(message, MAX_MESSAGE),
  };
}
