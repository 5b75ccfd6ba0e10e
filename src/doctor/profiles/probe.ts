/** A small build that needs one thing of its profile, and fails when it does not get it. */
export type Probe = {
  /** What Dockerfiles do that need the same. */
  name: string;
  /** Whether many Dockerfiles do so: what is rare does not sway the recommendation. */
  isCommon: boolean;
  /** The instructions after `FROM` and the base image, which has a shell and the usual commands; or a whole Dockerfile of `scratch`. */
  dockerfile: string;
};
