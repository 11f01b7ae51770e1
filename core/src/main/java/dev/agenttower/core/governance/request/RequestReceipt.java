package dev.agenttower.core.governance.request;

/**
 * What became of filing or updating a request.
 *
 * @param id the request
 * @param status its status now
 * @param eventId the event that tells of it
 */
public record RequestReceipt(String id, RequestStatus status, String eventId) {}
