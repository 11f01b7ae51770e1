package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.request.InMemoryRequestBook;
import dev.agenttower.core.governance.request.RequestBook;

class InMemoryRequestBookContractTest extends RequestBookContract {

    @Override
    RequestBook book() {
        return new InMemoryRequestBook();
    }
}
