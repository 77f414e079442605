/** The tree of a module. Every node knows where it stands. */
export interface Position {
  line: number;
  column: number;
}

interface Node {
  at: Position;
}

export type Literal = Node & { kind: 'number' | 'string' | 'date'; text: string };
export type Constant = Node & { kind: 'constant'; value: 'true' | 'false' | 'undefined' | 'null' };
export type Name = Node & { kind: 'name'; name: string };
export type Member = Node & { kind: 'member'; object: Expression; name: string };
export type Index = Node & { kind: 'index'; object: Expression; index: Expression };
/** A call of a method of this module, of its context or of the global context. */
export type Call = Node & { kind: 'call'; name: string; args: Arguments };
export type MethodCall = Node & { kind: 'method'; object: Expression; name: string; args: Arguments };
export type New = Node & { kind: 'new'; type: string; args: Arguments };
/** Новый(Имя, Параметры): the type is a value. */
export type NewByName = Node & { kind: 'new-by-name'; args: Arguments };
export type Unary = Node & { kind: 'unary'; operator: '+' | '-' | 'not'; operand: Expression };
export type Binary = Node & { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression };
export type Conditional = Node & {
  kind: 'conditional';
  condition: Expression;
  yes: Expression;
  no: Expression;
};

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '='
  | '<>'
  | '<'
  | '>'
  | '<='
  | '>='
  | 'and'
  | 'or';
/** A place left empty between commas is undefined. */
export type Arguments = (Expression | undefined)[];

export type Expression =
  | Literal
  | Constant
  | Name
  | Member
  | Index
  | Call
  | MethodCall
  | New
  | NewByName
  | Unary
  | Binary
  | Conditional;

export type Assignable = Name | Member | Index;

export type Statement =
  | (Node & { kind: 'assign'; target: Assignable; value: Expression })
  | (Node & { kind: 'do'; call: Call | MethodCall })
  | (Node & { kind: 'if'; branches: Branch[]; otherwise: Statement[] | undefined })
  | (Node & { kind: 'for'; variable: string; from: Expression; to: Expression; body: Statement[] })
  | (Node & { kind: 'each'; variable: string; of: Expression; body: Statement[] })
  | (Node & { kind: 'while'; condition: Expression; body: Statement[] })
  | (Node & { kind: 'try'; body: Statement[]; handler: Statement[] })
  | (Node & { kind: 'return'; value: Expression | undefined })
  | (Node & { kind: 'raise'; value: Expression | undefined })
  | (Node & { kind: 'break' })
  | (Node & { kind: 'continue' });

export interface Branch {
  condition: Expression;
  body: Statement[];
}

export interface Parameter {
  name: string;
  byValue: boolean;
  default: Expression | undefined;
}

/** Where a method of a form runs. */
export type Directive = 'client' | 'server' | 'server-no-context' | 'both-no-context';

export interface Method {
  name: string;
  isFunction: boolean;
  exported: boolean;
  directive: Directive | undefined;
  parameters: Parameter[];
  /** `Перем` inside the method. */
  variables: string[];
  body: Statement[];
  at: Position;
}

export interface Variable {
  name: string;
  exported: boolean;
  directive: Directive | undefined;
  at: Position;
}

export interface Module {
  variables: Variable[];
  methods: Method[];
  body: Statement[];
}
