import type { Directive, Method, Module, Statement } from './ast.ts';
import { parseModule } from './parse-module.ts';
import { CLIENT_SYMBOLS, SERVER_SYMBOLS } from './preprocessor.ts';
import type { Side } from './session.ts';

/** `object`: lives on the server. `form`: a half on each side. */
export type ModuleKind = 'object' | 'form';

/** A module as it is compiled for one side. */
export interface SideCode {
  module: Module;
  /** By name in lower case; on the client also those that run on the server. */
  methods: ReadonlyMap<string, Method>;
}

/** A module ready to run: the text once, its halves apart. */
export interface ModuleCode {
  name: string;
  kind: ModuleKind;
  text: string;
  server: SideCode;
  client?: SideCode;
}

/** @throws BslSyntaxError */
export function compileModule(name: string, kind: ModuleKind, text: string): ModuleCode {
  const server = half(parseModule(text, name, SERVER_SYMBOLS), 'server', kind);
  if (kind === 'object') return { name, kind, text, server };
  return { name, kind, text, server, client: half(parseModule(text, name, CLIENT_SYMBOLS), 'client', kind) };
}

function half(module: Module, side: Side, kind: ModuleKind): SideCode {
  const methods = module.methods.filter(
    (method) => kind === 'object' || side === 'client' || runsOn(method, 'server'),
  );
  return { module, methods: new Map(methods.map((method) => [method.name.toLowerCase(), method])) };
}

/** In a form a method without a directive runs on the server. */
export function directiveOf(method: Method): Directive {
  return method.directive ?? 'server';
}

export function runsOn(method: Method, side: Side): boolean {
  const directive = directiveOf(method);
  return directive === 'both-no-context' || (directive === 'client') === (side === 'client');
}

export function hasContext(method: Method): boolean {
  return !directiveOf(method).endsWith('no-context');
}

/** Names of the module variables of one side, in lower case; in a form those without a directive are the server's. */
export function variablesOn({ kind, server, client }: ModuleCode, side: Side): string[] {
  const { module } = (side === 'client' ? client : undefined) ?? server;
  const own = module.variables.filter(
    ({ directive }) => kind === 'object' || (directive ?? 'server') === side,
  );
  return own.map(({ name }) => name.toLowerCase());
}

/** What runs when the module itself is executed, and its methods: for coverage. */
export function bodiesOf({ module, methods }: SideCode): Statement[][] {
  return [module.body, ...[...methods.values()].map(({ body }) => body)];
}
