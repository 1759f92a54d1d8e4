package io.lva.runtime;

/**
 * The answer to setting a topology or an instance.
 *
 * <p>Immutable.
 *
 * @param <R> what was set
 * @param resource as it is kept now
 * @param created true when there was none of that name
 */
public record SetResult<R>(R resource, boolean created) {}
