-- Sixteen requests in one write; `wrk -s pipeline.lua URL`.
init = function(args)
  local requests = {}
  for index = 1, 16 do
    requests[index] = wrk.format("GET", wrk.path)
  end
  batch = table.concat(requests)
end

request = function()
  return batch
end
