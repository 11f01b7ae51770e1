package dev.agenttower.core.page;

/**
 * By what a listing is sorted. Ties are broken by the key of the row, so that every order is total.
 *
 * @param field one of the orders that the listing offers
 * @param <O> the orders that the listing offers
 */
public record Sort<O extends Enum<O>>(O field, Direction direction) {}
