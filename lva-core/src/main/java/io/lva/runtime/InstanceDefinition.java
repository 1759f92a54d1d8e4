package io.lva.runtime;

import java.util.Optional;

/**
 * What an instance is made of.
 *
 * <p>Immutable.
 *
 * @param name up to 32 letters, digits and inner dashes
 * @param topologyName which topology it runs
 * @param description for people
 * @param values of the topology's parameters
 */
public record InstanceDefinition(
    String name, String topologyName, Optional<String> description, InstanceValues values) {}
