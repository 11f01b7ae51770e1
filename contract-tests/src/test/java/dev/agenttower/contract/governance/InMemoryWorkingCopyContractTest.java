package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.role.InMemoryWorkingCopy;
import dev.agenttower.core.governance.role.WorkingCopy;

class InMemoryWorkingCopyContractTest extends WorkingCopyContract {
    private final InMemoryWorkingCopy workingCopy = new InMemoryWorkingCopy();
    private int commits;

    @Override
    WorkingCopy workingCopy() {
        return workingCopy;
    }

    @Override
    WorkingCopy unversioned() {
        return WorkingCopy.none();
    }

    @Override
    void change(String path) {
        workingCopy.change(path);
    }

    @Override
    String commitAll() {
        String hash = Integer.toHexString(++commits).repeat(40);
        workingCopy.commit(hash);
        return hash;
    }
}
