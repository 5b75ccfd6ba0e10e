import { ApiError } from "./api-error.ts";

const API_VERSION = "2022-11-28";

/** Refuses requests for their headers, as GitHub does before it looks at anything else. */
export function checkHeaders(headers: Record<string, string | string[] | undefined>): void {
  // https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent
  if (!headers["user-agent"]) {
    throw new ApiError(
      403,
      "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
    );
  }
  // https://docs.github.com/rest/about-the-rest-api/api-versions
  const version = headers["x-github-api-version"];
  if (version !== undefined && version !== API_VERSION) {
    throw new ApiError(400, `The ${version} version of the API isn't supported`);
  }
}
