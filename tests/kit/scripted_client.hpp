// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "hlx/actors/execution_client/execution_client.hpp"
#include "tests/kit/deterministic_system.hpp"
#include "tests/kit/empty_venue.hpp"
#include "tests/kit/scripted_actors.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace hlx::kit {

/// An execution client with the values of production on both sides of it. The
/// venue is the test; it holds nothing of the account.
struct scripted_client {
  std::vector<transmission> sent; ///< Exchange requests, by number less one.
  scripted_submitter_actor submitter;
  scripted_reader_actor reader;
  execution_client_self client;

  /// Spawned in `host`, which owns the actors.
  explicit scripted_client(deterministic_system& host) {
    execution_client_settings settings;
    settings.instruments = default_instruments();
    execution_client_dependencies dependencies;
    dependencies.submitter = [this, &host](caf::actor_system& system,
                                           const venue_report_actor& to) {
      scripted_submitter_settings x;
      x.options = without_limits({});
      x.key = test_signer();
      x.venue.on_leave = [this](const transmission& y) {
        if (std::holds_alternative<exchange_request>(y.content))
          sent.push_back(y);
      };
      x.venue.on_query = [&host](const info_query& y) {
        return empty_reply(y.body, host.now_ms());
      };
      submitter = host.own(spawn_scripted_submitter(system, to, std::move(x)));
      return submitter;
    };
    dependencies.reader = [this, &host](caf::actor_system& system,
                                        const venue_report_actor& to) {
      reader = host.own(spawn_scripted_reader(system, to, {}));
      return reader;
    };
    client = host.own(host.sys.spawn(execution_client, settings, dependencies));
  }

  scripted_client(const scripted_client&) = delete;
  scripted_client& operator=(const scripted_client&) = delete;
};

} // namespace hlx::kit
