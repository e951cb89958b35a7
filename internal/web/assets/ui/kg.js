// What kg adds to Cayley's UI; ui.go puts the calls of kg.… into it. Loaded before the bundle.
"use strict";
var kg = (function () {
  var settings = document.currentScript.dataset;
  var readOnly = settings.readOnly === "true";
  var pages = { query: "query", shape: "queryShape", visualize: "visualize", write: "write" };
  var tip =
    'Visualize draws the rows of a query that tags its nodes source and target, and the relation if you like:\n' +
    'g.V("<kg:Russia>").Tag("source").Out("<kgo:mediates>", "relation").Tag("target").All()';

  // The address says which page to open, and may bring a query for the editor: /ui/visualize?q=…&lang=gizmo
  var path = location.pathname.split("/").pop();
  var page = pages[path] || "query";
  var wanted = new URLSearchParams(location.search).get("q");
  try {
    if (wanted !== null) {
      var lang = new URLSearchParams(location.search).get("lang");
      if (lang !== "graphql" && lang !== "mql") lang = "gizmo";
      localStorage.setItem("LAST_QUERY", JSON.stringify({ text: wanted, language: lang }));
    } else if (!localStorage.getItem("LAST_QUERY")) {
      localStorage.setItem("LAST_QUERY", JSON.stringify({ text: settings.query, language: "gizmo" }));
    }
  } catch (e) {
    // Without storage the editor starts with the UI's own query.
  }

  var note, noteText;
  function say(kind, text, way) {
    text = text.charAt(0).toUpperCase() + text.slice(1);
    if (!note) {
      note = document.createElement("div");
      note.id = "kg-note";
      note.setAttribute("role", "status");
      noteText = document.createElement("span");
      var close = document.createElement("button");
      close.type = "button";
      close.textContent = "×";
      close.setAttribute("aria-label", "Close this message");
      close.onclick = function () {
        note.hidden = true;
      };
      note.append(noteText, close);
      document.body.append(note);
    }
    note.className = kind;
    noteText.textContent = text;
    if (way) {
      var link = document.createElement("a");
      link.href = way;
      link.textContent = "Sign in";
      noteText.append(" ", link);
    }
    note.hidden = !text;
  }

  function drawable(row) {
    return Boolean(row && row.source && row.target && row.source["@id"] && row.target["@id"]);
  }

  // What a line of the drawing is labelled with: the relation, where the row has it under this name.
  function role(row) {
    var r = row.relation && (row.relation["@id"] || row.relation);
    return typeof r === "string" ? r.replace(/^kgo:(open\/)?/, "").replace(/_/g, " ") : "";
  }

  // A node's name in the drawing: of kg:seed/page-17/deal the end, which tells it apart.
  function label(node) {
    return node.label || String(node.id).replace(/^(\w+:).*\/(?=.)/, "$1…/");
  }

  // What the API answered, in words. The UI itself shows no word of it on Visualize and Write.
  function report(url, response, body) {
    if (!body || typeof body !== "object") {
      say("error", "The server answered " + response.status + " without an explanation.");
    } else if (response.status === 401) {
      say("error", "Changing the graph needs the server's token.", "/login?next=" + encodeURIComponent(location.pathname));
    } else if (body.error) {
      say("error", body.error);
    } else if (url.indexOf("/api/v2/query") === 0) {
      var rows = body.result;
      if (page === "visualize" && !(Array.isArray(rows) && rows.some(drawable))) say("info", tip);
      else say(body.meta && body.meta.truncated ? "info" : "ok", (body.meta && body.meta.note) || "Done.");
    } else if (typeof body.result === "string") {
      say("ok", body.result);
    } else {
      say("ok", "");
    }
  }

  var send = window.fetch;
  window.fetch = function (url, options) {
    if (typeof url !== "string" || url.indexOf("/api/") !== 0) return send.call(window, url, options);
    var slow = setTimeout(function () {
      say("info", "Running…");
    }, 400);
    return send.call(window, url, options).then(
      function (response) {
        clearTimeout(slow);
        response
          .clone()
          .json()
          .catch(function () {
            return null;
          })
          .then(function (body) {
            report(url, response, body);
          });
        return response;
      },
      function (err) {
        clearTimeout(slow);
        say("error", "The server does not answer. Is kg serve still running?");
        throw err;
      }
    );
  };

  // Called whenever the UI draws itself, with the page that it shows.
  var shown;
  function show(name) {
    if (name === shown) return;
    var first = shown === undefined;
    shown = page = name;
    setTimeout(function () {
      for (var p in pages) {
        if (pages[p] !== name) continue;
        var to = "/ui/" + p;
        if (location.pathname !== to && !(first && p === "query")) history.replaceState(null, "", to);
      }
      document.body.dataset.page = name;
      if (name === "visualize") say("info", tip);
      else if (name === "write" && readOnly)
        say("info", "This server is read-only; start it with kg serve --write to change the graph.");
      else say("ok", "");
    });
  }

  // The shape of a query as Visualize's drawing wants it. The UI changes what it draws, so it gets copies.
  function shape(answer) {
    if (!answer || !Array.isArray(answer.nodes) || !Array.isArray(answer.links)) return answer;
    var known = {};
    var nodes = answer.nodes.map(function (n) {
      known[n.id] = true;
      var names = n.values && n.values.length ? n.values : [n.kind];
      names = names.length > 3 ? names.slice(0, 3).concat("…") : names;
      if (n.tags && n.tags.length) names = names.concat("(" + n.tags.join(", ") + ")");
      return { id: n.id, label: names.join(" "), kind: n.is_link_node ? "link" : n.is_fixed ? "fixed" : "open" };
    });
    var links = answer.links
      .filter(function (l) {
        return known[l.source] && known[l.target];
      })
      .map(function (l) {
        return { source: l.source, target: l.target, role: l.role };
      });
    return { json: answer, drawing: { nodes: nodes, links: links } };
  }

  // The end of a line at the rim of its target's dot, so that the arrow's point is seen.
  function end(link, axis) {
    var dx = link.target.x - link.source.x;
    var dy = link.target.y - link.source.y;
    var length = Math.sqrt(dx * dx + dy * dy) || 1;
    return link.target[axis] - ((axis === "x" ? dx : dy) / length) * 6;
  }

  // The drawing cannot be moved, so no node may leave it; the room above is for its label.
  function keepInside(nodes, width, height) {
    nodes.forEach(function (n) {
      n.x = Math.max(40, Math.min(width - 40, n.x));
      n.y = Math.max(26, Math.min(height - 10, n.y));
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var svg = "http://www.w3.org/2000/svg";
    var defs = document.createElementNS(svg, "svg");
    defs.setAttribute("id", "kg-defs");
    defs.setAttribute("aria-hidden", "true");
    var marker = document.createElementNS(svg, "marker");
    var attrs = { id: "kg-arrow", viewBox: "0 0 10 10", refX: "9", refY: "5", markerWidth: "7", markerHeight: "7", orient: "auto" };
    for (var a in attrs) marker.setAttribute(a, attrs[a]);
    var tip = document.createElementNS(svg, "path");
    tip.setAttribute("d", "M0 1 L9 5 L0 9 z");
    marker.append(tip);
    defs.append(marker);
    document.body.append(defs);
    var home = document.createElement("a");
    home.id = "kg-home";
    home.href = "/";
    home.textContent = "Start page";
    document.body.append(home);
  });

  return { page: page, show: show, drawable: drawable, role: role, label: label, shape: shape, end: end, keepInside: keepInside };
})();
