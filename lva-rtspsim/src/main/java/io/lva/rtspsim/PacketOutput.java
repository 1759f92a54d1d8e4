package io.lva.rtspsim;

import io.netty.buffer.ByteBuf;

/**
 * Sends the packets of one stream to one client.
 *
 * <p>Confined to the event loop of the client.
 */
interface PacketOutput {
  /**
   * Begins a batch of packets.
   *
   * @param sizeBytes the approximate size of all packets together
   * @param packets the approximate number of packets
   */
  void begin(int sizeBytes, int packets);

  /**
   * Begins a packet.
   *
   * @param control true for RTCP
   * @param sizeBytes exact size of the packet
   * @return a buffer to which the caller writes that many bytes
   */
  ByteBuf packet(boolean control, int sizeBytes);

  /** Sends the batch. */
  void flush();

  /**
   * Returns whether more may be sent, because what still waits for the client is within the limit.
   */
  boolean ready();
}
