package dev.entitlements.local.internal.fault;

import com.google.protobuf.ByteString;
import dev.entitlements.local.Rpc;
import java.util.List;

/**
 * A call as fault rules see it.
 *
 * @param cache empty where it has none
 * @param keys of items, or the topic, or the token id
 * @param consistent whether it is a read that asked for read-after-write
 */
public record Call(Rpc rpc, String cache, List<ByteString> keys, boolean consistent) {
  public Call {
    keys = List.copyOf(keys);
  }

  /** One that is no consistent read, on one key. */
  public static Call of(Rpc rpc, String cache, String key) {
    return new Call(rpc, cache, List.of(ByteString.copyFromUtf8(key)), false);
  }

  boolean hasKey(String key) {
    return keys.contains(ByteString.copyFromUtf8(key));
  }
}
