/** Kubernetes would replace `$(NAME)`: https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/ */
export function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}
