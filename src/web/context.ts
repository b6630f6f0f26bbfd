import type { Config } from '../config.ts';
import type { ChatModelRegistry } from '../llm/registry.ts';
import type { Logger } from '../logger.ts';
import type { Library, LibraryHolder } from '../services/library.ts';
import type { Photographs } from '../services/photographs/photographs.ts';
import type { ProfileKeeper } from '../services/profile/profileKeeper.ts';
import type { RunDesk } from '../services/runDesk.ts';
import type { Store } from '../store/database.ts';

/** What every route is handed. */
export interface WebContext {
  config: Config;
  store: Store;
  /** Cookies and tokens are signed with it. */
  secret: string;
  library: LibraryHolder;
  chatModels: ChatModelRegistry;
  runs: RunDesk;
  photographs: Photographs;
  logger: Logger;
}

/** Who is at the other end: an account, or this browser. */
export interface Person {
  user: { userId: number; name: string; role: 'member' | 'admin' } | null;
  visitorId: string;
  keeper: ProfileKeeper;
}

declare module 'express-serve-static-core' {
  interface Request {
    person: Person;
    /** Named in every error page and log line. */
    requestId: string;
    /** True when the request carried a personal token instead of a cookie. */
    isByToken: boolean;
    /** The library this request answers from, from its first line to its last. */
    library: Library;
  }
}

declare module 'express-session' {
  interface SessionData {
    userId?: number;
    /** Milliseconds since 1970: when it began (absolute lifetime) and was last used (idle lifetime). */
    startedAt?: number;
    seenAt?: number;
  }
}
