-- AlterTable
ALTER TABLE "Bin" ADD COLUMN "doomedSeq" INTEGER NOT NULL DEFAULT 0;

-- What was cleared until now was cleared for good.
UPDATE "Bin" SET "doomedSeq" = "clearedSeq";

-- CreateTable
CREATE TABLE "Deletion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "binId" TEXT NOT NULL,
    "undo" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "count" INTEGER NOT NULL,
    "seqs" TEXT,
    "clearedSeq" INTEGER,
    "wasCleared" INTEGER
);

-- CreateIndex
CREATE INDEX "Deletion_undo_idx" ON "Deletion"("undo");

-- CreateIndex
CREATE INDEX "Deletion_expiresAt_idx" ON "Deletion"("expiresAt");
