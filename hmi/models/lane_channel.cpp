#include "hmi/models/lane_channel.h"

#include <grpcpp/grpcpp.h>

#include "services/wire/grpc_lifetime.h"

namespace portcullis::hmi {

std::shared_ptr<grpc::Channel> lane_channel(const QString& address, int receive_bytes_max) {
  services::keep_grpc_running();
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(receive_bytes_max);
  return grpc::CreateCustomChannel(address.toStdString(), grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace portcullis::hmi
