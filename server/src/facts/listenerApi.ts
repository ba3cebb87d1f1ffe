// A call that opens a listening socket, as a library documents it: what it does when it names no port or no host.

export interface ListenerApi {
  /** `flask.run`, `express.listen`. */
  readonly id: string;
  /** As people call it: `Flask`. */
  readonly name: string;
  /** Absent where a call without a port picks a random one, opens none, or where versions differ. */
  readonly port?: number;
  /** Absent where versions differ. */
  readonly host?: string;
  /** Variables that the framework itself reads when the call names no port or host, strongest first. */
  readonly portVariables?: readonly string[];
  readonly hostVariables?: readonly string[];
  /** What it rests on. */
  readonly source: string;
}

/** Binds every interface. */
export const EVERYWHERE = '0.0.0.0';
export const EVERYWHERE_IPV6 = '::';
export const LOOPBACK = '127.0.0.1';

/** A language's table of such calls, by id. */
export type ListenerApiTable = Readonly<Record<string, Omit<ListenerApi, 'id'>>>;

export function listenerApis<T extends ListenerApiTable>(table: T): Readonly<Record<keyof T & string, ListenerApi>> {
  const entries = Object.entries(table).map(([id, api]) => [id, { id, ...api }]);
  return Object.fromEntries(entries);
}
