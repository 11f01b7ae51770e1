package dev.agenttower.core.governance.request;

/**
 * The result of filing or updating a request.
 *
 * @param id the id of the request
 * @param status its current status
 * @param eventId the id of its ledger event
 */
public record RequestReceipt(String id, RequestStatus status, String eventId) {}
