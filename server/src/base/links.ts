// Links and ports that people state in settings. Paths are relative to the analysed folder.

/** Which Dockerfile builds a container's image. */
export interface LinkSetting {
  readonly taskDefinition: string;
  readonly container: string;
  readonly dockerfile: string;
}

/** Which ports an image listens on. */
export interface ListensSetting {
  readonly dockerfile: string;
  readonly ports: readonly number[];
}
