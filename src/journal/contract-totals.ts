import { all, type Connection, one } from './database.ts';

/** What a contract was charged for a month and what of it became documents. Sums in kopecks. */
export interface ContractTotal {
  /** UUID. */
  contract: string;
  /** As people read it. */
  number: string;
  /** Accruals and charges that count as sales; null: the export has none. */
  accrued: number | null;
  /** Acts and УПД that the billing formed. */
  documents: number;
  /** Those in the package. */
  packaged: number;
}

export interface ContractTotalStore {
  record(packageId: number, total: ContractTotal): void;
  /** Of one package, by the number of the contract. */
  of(packageId: number): ContractTotal[];
  /** A contract's number as it was called last. */
  numberOf(contract: string): string | undefined;
}

export function createContractTotalStore(connection: Connection): ContractTotalStore {
  const insert = connection.prepare(
    `INSERT OR IGNORE INTO contract_total (package, contract, number, accrued, documents, packaged)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const ofPackage = connection.prepare(
    'SELECT contract, number, accrued, documents, packaged FROM contract_total WHERE package = ? ORDER BY number, contract',
  );
  const named = connection.prepare(
    'SELECT number FROM contract_total WHERE contract = ? ORDER BY package DESC LIMIT 1',
  );
  return {
    record: (packageId, { contract, number, accrued, documents, packaged }) =>
      void insert.run(packageId, contract, number, accrued, documents, packaged),
    of: (packageId) => all(ofPackage, packageId),
    numberOf: (contract) => one<{ number: string }>(named, contract)?.number,
  };
}
