package io.lva.rtspsim;

/**
 * What a simulator has done so far.
 *
 * <p>Immutable.
 *
 * @param connections number of connections accepted since the start
 * @param openConnections number of connections that are open now
 * @param playing clients that receive media now
 * @param units access units sent, to all clients together
 * @param packets RTP packets made from these units, including lost ones
 * @param payloadBytes bytes of their payloads
 * @param droppedUnits access units left out because a client did not take them in time, or because
 *     a freeze had interrupted their group of pictures
 */
public record SimulatorStatistics(
    long connections,
    int openConnections,
    int playing,
    long units,
    long packets,
    long payloadBytes,
    long droppedUnits) {}
