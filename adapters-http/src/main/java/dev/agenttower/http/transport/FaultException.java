package dev.agenttower.http.transport;

/** A request that cannot be read to its end. */
final class FaultException extends Exception {
    private final HttpFault fault;

    FaultException(HttpFault fault) {
        super(fault.sentence(), null, false, false);
        this.fault = fault;
    }

    HttpFault fault() {
        return fault;
    }
}
